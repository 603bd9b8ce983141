using Portal.DigitalOcean.Calls;
using Portal.DigitalOcean.Wire;
using RestEase;

namespace Portal.DigitalOcean;

/// <content>Pools, and the password of a user.</content>
public sealed partial class DigitalOceanClient
{
    /// <summary>The pools of one cluster, without passwords. There is no call for those of all clusters.</summary>
    public Task<Result<IReadOnlyList<Pool>, ApiFailure>> ListPoolsAsync(Guid cluster, CancellationToken cancellationToken) =>
        ReadAsync(
            "databases_list_connectionPools",
            (api, bearer, token) => api.ListPoolsAsync(bearer, cluster, token),
            wire => Mapping.List(wire.Pools, Mapping.ToModel),
            cancellationToken);

    /// <summary>One pool, without password.</summary>
    public Task<Result<Pool, ApiFailure>> GetPoolAsync(Guid cluster, string name, CancellationToken cancellationToken) =>
        !PathSegment.Holds(name)
            ? ImpossibleNameAsync<Pool>()
            : ReadAsync(
                "databases_get_connectionPool",
                (api, bearer, token) => api.GetPoolAsync(bearer, cluster, name, token),
                wire => wire.Pool.ToModel(),
                cancellationToken);

    /// <summary>One pool with the password of its user. Takes the token that may see credentials.</summary>
    public Task<Result<PoolConnection, ApiFailure>> GetPoolConnectionAsync(Guid cluster, string name, CancellationToken cancellationToken) =>
        !PathSegment.Holds(name)
            ? ImpossibleNameAsync<PoolConnection>()
            : ReadAsync(
                "databases_get_connectionPool",
                (api, bearer, token) => api.GetPoolConnectionAsync(bearer, cluster, name, token),
                wire => wire.ToModel(),
                TokenPurpose.ViewCredentials,
                cancellationToken);

    /// <summary>A database user with its password, for an inbound-user pool. Takes the token that may see credentials.</summary>
    public Task<Result<UserCredentials, ApiFailure>> GetUserCredentialsAsync(Guid cluster, string user, CancellationToken cancellationToken) =>
        !PathSegment.Holds(user)
            ? ImpossibleNameAsync<UserCredentials>()
            : ReadAsync(
                "databases_get_user",
                (api, bearer, token) => api.GetUserCredentialsAsync(bearer, cluster, user, token),
                wire => wire.ToModel(),
                TokenPurpose.ViewCredentials,
                cancellationToken);

    /// <summary>Makes a pool. Scope: <c>database:create</c>. Unsafe.</summary>
    public Task<Result<Created, ApiFailure>> CreatePoolAsync(Guid cluster, NewPool pool, CancellationToken cancellationToken) =>
        ChangeAsync(
            new Operation("databases_add_connectionPool", HttpMethod.Post),
            () => new JsonBody<NewPoolBody>(pool.ToWire()),
            (api, bearer, body, token) => api.AddPoolAsync(bearer, cluster, body, token),
            (wire, requestId) => new Created(wire.Pool.ToModel(), requestId),
            cancellationToken);

    /// <summary>Replaces all fields of a pool: without a user it becomes an inbound-user pool. Scope: <c>database:update</c>. Unsafe.</summary>
    public Task<Result<Accepted, ApiFailure>> UpdatePoolAsync(
        Guid cluster, string name, PoolFields fields, CancellationToken cancellationToken) =>
        !PathSegment.Holds(name)
            ? ImpossibleNameAsync<Accepted>()
            : ChangeAsync(
                new Operation("databases_update_connectionPool", HttpMethod.Put),
                () => new JsonBody<PoolFieldsBody>(fields.ToWire()),
                (api, bearer, body, token) => api.UpdatePoolAsync(bearer, cluster, name, body, token),
                (_, requestId) => new Accepted(requestId),
                cancellationToken);

    /// <summary>Deletes a pool; its clients are cut off. Scope: <c>database:delete</c>. Unsafe.</summary>
    public Task<Result<Accepted, ApiFailure>> DeletePoolAsync(Guid cluster, string name, CancellationToken cancellationToken) =>
        !PathSegment.Holds(name)
            ? ImpossibleNameAsync<Accepted>()
            : ChangeAsync(
                new Operation("databases_delete_connectionPool", HttpMethod.Delete),
                () => new EmptyBody(),
                (api, bearer, body, token) => api.DeletePoolAsync(bearer, cluster, name, body, token),
                (_, requestId) => new Accepted(requestId),
                cancellationToken);

    /// <summary>
    /// Gives a database user a new password; everything that uses the old one is locked out. The new one is not returned:
    /// <see cref="GetUserCredentialsAsync"/> shows it. Scope: <c>database:update</c>. Unsafe.
    /// </summary>
    public Task<Result<Accepted, ApiFailure>> ResetUserPasswordAsync(Guid cluster, string user, CancellationToken cancellationToken) =>
        !PathSegment.Holds(user)
            ? ImpossibleNameAsync<Accepted>()
            : ChangeAsync(
                new Operation("databases_reset_auth", HttpMethod.Post),
                () => new JsonBody<ResetAuthBody>(new ResetAuthBody()),
                (api, bearer, body, token) => api.ResetAuthAsync(bearer, cluster, user, body, token),
                (wire, requestId) =>
                {
                    _ = wire.User.ToModel();
                    return new Accepted(requestId);
                },
                cancellationToken);

    private static Task<Result<TModel, ApiFailure>> ImpossibleNameAsync<TModel>()
        where TModel : notnull =>
        Task.FromResult<Result<TModel, ApiFailure>>(new ApiFailure
        {
            Kind = ApiFailureKind.Rejected,
            Detail = "a name that is empty, '.', '..' or too long cannot be part of an address",
        });

    private Task<Result<TModel, ApiFailure>> ChangeAsync<TBody, TWire, TModel>(
        Operation operation,
        Func<TBody> body,
        Func<IDigitalOceanApi, string, TBody, CancellationToken, Task<Response<TWire>>> send,
        Func<TWire, string?, TModel> read,
        CancellationToken cancellationToken)
        where TBody : RequestBody
        where TModel : notnull =>
        _caller.CallAsync<TWire, TModel>(
            operation, body, (api, bearer, content, token) => send(api, bearer, (TBody)content!, token), read, cancellationToken);
}
