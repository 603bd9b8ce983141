using Portal.DigitalOcean.Wire;

namespace Portal.DigitalOcean.Calls;

/// <content>Pools and passwords.</content>
internal static partial class Mapping
{
    private static readonly Secret None = new("");

    public static UserCredentials ToModel(this UserCredentialsRoot root) =>
        new(Required(root.User?.Name, "the name of the user"), Password(root.User!.Password));

    public static Pool ToModel(this WirePool? wire)
    {
        var pool = Required(wire, "the pool");
        return new Pool
        {
            Name = Required(pool.Name, "the name of a pool"),
            ModeText = Required(pool.Mode, "the mode of a pool"),
            Size = Required(pool.Size, "the size of a pool"),
            Database = Required(pool.Db, "the database of a pool"),
            User = NullIfEmpty(pool.User),
            Endpoints = new PoolEndpoints
            {
                Public = Endpoint(pool.Connection?.Host, pool.Connection?.Port),
                Private = Endpoint(pool.PrivateConnection?.Host, pool.PrivateConnection?.Port),
                Standby = Endpoint(pool.StandbyConnection?.Host, pool.StandbyConnection?.Port),
                StandbyPrivate = Endpoint(pool.StandbyPrivateConnection?.Host, pool.StandbyPrivateConnection?.Port),
            },
        };
    }

    public static PoolConnection ToModel(this PoolConnectionRoot root)
    {
        var pool = Required(root.Pool, "the pool");
        var withoutPassword = new WirePool
        {
            Name = pool.Name,
            Mode = pool.Mode,
            Size = pool.Size,
            Db = pool.Db,
            User = pool.User,
            Connection = WithoutPassword(pool.Connection),
            PrivateConnection = WithoutPassword(pool.PrivateConnection),
            StandbyConnection = WithoutPassword(pool.StandbyConnection),
            StandbyPrivateConnection = WithoutPassword(pool.StandbyPrivateConnection),
        };

        // All four are of the one user of the pool.
        return new PoolConnection(
            withoutPassword.ToModel(),
            Password(pool.Connection?.Password)
                ?? Password(pool.PrivateConnection?.Password)
                ?? Password(pool.StandbyConnection?.Password)
                ?? Password(pool.StandbyPrivateConnection?.Password));
    }

    public static NewPoolBody ToWire(this NewPool pool) => new()
    {
        Name = pool.Name,
        Mode = pool.Fields.Mode.ToApiText(),
        Size = pool.Fields.Size,
        Db = pool.Fields.Database,
        User = NullIfEmpty(pool.Fields.User),
    };

    public static PoolFieldsBody ToWire(this PoolFields fields) => new()
    {
        Mode = fields.Mode.ToApiText(),
        Size = fields.Size,
        Db = fields.Database,
        User = NullIfEmpty(fields.User),
    };

    private static WireConnection? WithoutPassword(WireConnectionWithPassword? connection) =>
        connection is null ? null : new WireConnection { Host = connection.Host, Port = connection.Port };

    /// <summary>Without the scope the API leaves a password out, or writes an empty one.</summary>
    private static Secret? Password(Secret? password) => None.Equals(password) ? null : password;
}
