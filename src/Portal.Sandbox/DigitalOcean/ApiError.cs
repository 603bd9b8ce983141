namespace Portal.Sandbox.DigitalOcean;

/// <summary>The body of an error.</summary>
internal sealed record ApiError(string Id, string Message, string? RequestId)
{
    public static string IdOf(int status) => status switch
    {
        400 => "bad_request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        409 => "conflict",
        412 => "precondition_failed",
        422 => "unprocessable_entity",
        429 => "too_many_requests",
        503 => "service_unavailable",
        _ => "server_error",
    };

    public static ApiError Default(int status, string? requestId) => new(
        IdOf(status),
        status switch
        {
            400 => "The request could not be understood.",
            401 => "Unable to authenticate you.",
            403 => "You do not have access for the attempted action.",
            404 => "The resource you requested could not be found.",
            409 => "The request could not be completed due to a conflict.",
            412 => "The resource is not ready yet.",
            429 => "API rate limit exceeded.",
            503 => "Service is currently unavailable.",
            _ => "Unexpected server-side error",
        },
        requestId);
}

/// <summary>Why the API does not do what it was asked.</summary>
internal sealed record ApiProblem(int Status, string Message)
{
    public static readonly ApiProblem ClusterNotFound = new(StatusCodes.Status404NotFound, "cluster not found");
    public static readonly ApiProblem NotFound = new(StatusCodes.Status404NotFound, "The resource you requested could not be found.");

    public static ApiProblem Unprocessable(string message) => new(StatusCodes.Status422UnprocessableEntity, message);

    public static ApiProblem BadRequest(string message) => new(StatusCodes.Status400BadRequest, message);
}

/// <summary>An answer of the API that is a problem.</summary>
internal sealed class ApiProblemResult(ApiProblem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => WireJson
        .Ok(new ApiError(ApiError.IdOf(problem.Status), problem.Message, httpContext.Response.Headers["x-request-id"]), problem.Status)
        .ExecuteAsync(httpContext);
}
