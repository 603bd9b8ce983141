using Microsoft.AspNetCore.Http.Features;

namespace Portal.Sandbox.Control;

/// <summary>One call on its way through the sandbox: what the ledger will say about it.</summary>
internal sealed class Exchange(string path, Fault? fault)
{
    /// <summary>As it was on the wire, without the query.</summary>
    public string Path { get; } = path;

    public Fault? Fault { get; } = fault;

    public string? Token { get; set; }

    public string? RequestId { get; set; }

    public Effect Effect { get; set; }

    public string? Pool { get; set; }

    public Delivery Delivery { get; set; }

    public bool IsApi => IsUnder("/v2");

    public bool IsVault => IsUnder("/v1");

    public bool IsSignIn => IsUnder("/oidc");

    public bool IsWatched => IsApi || IsVault || IsSignIn;

    public static string WirePath(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    private bool IsUnder(string root) =>
        Path.StartsWith(root, StringComparison.Ordinal) && (Path.Length == root.Length || Path[root.Length] == '/');
}

internal static class ExchangeExtensions
{
    public static Exchange Exchange(this HttpContext context) => context.Features.GetRequiredFeature<Exchange>();
}
