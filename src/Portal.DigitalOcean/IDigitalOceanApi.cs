using System.Runtime.CompilerServices;
using Portal.DigitalOcean.Calls;
using Portal.DigitalOcean.Wire;
using RestEase;

// RestEase emits the class behind the interface into an assembly of this name.
[assembly: InternalsVisibleTo(RestClient.FactoryAssemblyName)]

namespace Portal.DigitalOcean;

/// <summary>DigitalOcean's API as it is on the wire. <see cref="DigitalOceanClient"/> alone calls it and knows status codes.</summary>
/// <remarks>
/// Every unsafe call has a body, if an empty one: <c>SocketsHttpHandler</c> repeats a request without one when the connection closes
/// before the answer, and a body tells whether writing began. Names must be checked with <see cref="PathSegment"/> before.
/// </remarks>
[AllowAnyStatusCode]
internal interface IDigitalOceanApi
{
    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/account/#account_get"/>
    [Get("v2/account")]
    Task<Response<AccountRoot>> GetAccountAsync([Header("Authorization")] string bearer, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_options"/>
    [Get("v2/databases/options")]
    Task<Response<OptionsRoot>> GetOptionsAsync([Header("Authorization")] string bearer, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_clusters"/>
    [Get("v2/databases")]
    Task<Response<ClustersRoot>> ListClustersAsync([Header("Authorization")] string bearer, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_cluster"/>
    [Get("v2/databases/{cluster}")]
    Task<Response<ClusterRoot>> GetClusterAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_ca"/>
    [Get("v2/databases/{cluster}/ca")]
    Task<Response<CertificateRoot>> GetCertificateAuthorityAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list"/>
    [Get("v2/databases/{cluster}/dbs")]
    Task<Response<DatabasesRoot>> ListDatabasesAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_users"/>
    [Get("v2/databases/{cluster}/users")]
    Task<Response<UsersRoot>> ListUsersAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <summary>The same call as <see cref="ListUsersAsync"/>, of whose passwords only is looked whether they are there.</summary>
    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_users"/>
    [Get("v2/databases/{cluster}/users")]
    Task<Response<SeenUsersRoot>> SeeUsersAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <summary>One of the two calls whose answer is read with its password.</summary>
    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_user"/>
    [Get("v2/databases/{cluster}/users/{user}")]
    Task<Response<UserCredentialsRoot>> GetUserCredentialsAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Path] string user, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_firewall_rules"/>
    [Get("v2/databases/{cluster}/firewall")]
    Task<Response<FirewallRulesRoot>> ListFirewallRulesAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_replicas"/>
    [Get("v2/databases/{cluster}/replicas")]
    Task<Response<ReplicasRoot>> ListReplicasAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_connectionPools"/>
    [Get("v2/databases/{cluster}/pools")]
    Task<Response<PoolsRoot>> ListPoolsAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_connectionPool"/>
    [Get("v2/databases/{cluster}/pools/{pool}")]
    Task<Response<PoolRoot>> GetPoolAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Path] string pool, CancellationToken cancellationToken);

    /// <summary>The same call as <see cref="GetPoolAsync"/>, and one of the two whose answer is read with its password.</summary>
    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_connectionPool"/>
    [Get("v2/databases/{cluster}/pools/{pool}")]
    Task<Response<PoolConnectionRoot>> GetPoolConnectionAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Path] string pool, CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_add_connectionPool"/>
    [Post("v2/databases/{cluster}/pools")]
    Task<Response<PoolRoot>> AddPoolAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Body] JsonBody<NewPoolBody> pool, CancellationToken cancellationToken);

    /// <summary>Replaces all fields: a body without <c>user</c> makes an inbound-user pool.</summary>
    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_update_connectionPool"/>
    [Put("v2/databases/{cluster}/pools/{pool}")]
    Task<Response<NoContent>> UpdatePoolAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Path] string pool, [Body] JsonBody<PoolFieldsBody> fields,
        CancellationToken cancellationToken);

    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_delete_connectionPool"/>
    [Delete("v2/databases/{cluster}/pools/{pool}")]
    Task<Response<NoContent>> DeletePoolAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Path] string pool, [Body] EmptyBody empty,
        CancellationToken cancellationToken);

    /// <summary>Gives the user a new password. The answer carries it, but is not read for it.</summary>
    /// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_reset_auth"/>
    [Post("v2/databases/{cluster}/users/{user}/reset_auth")]
    Task<Response<UserRoot>> ResetAuthAsync(
        [Header("Authorization")] string bearer, [Path] Guid cluster, [Path] string user, [Body] JsonBody<ResetAuthBody> body,
        CancellationToken cancellationToken);
}
