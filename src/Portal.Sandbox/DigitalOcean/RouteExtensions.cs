namespace Portal.Sandbox.DigitalOcean;

internal static class RouteExtensions
{
    public static Cluster? OfRoute(this Cloud cloud, HttpContext context) => cloud.Find(context.Named("database_cluster_uuid"));

    /// <summary>A value of the route, percent-decoded.</summary>
    public static string Named(this HttpContext context, string parameter) => (string)context.GetRouteValue(parameter)!;
}
