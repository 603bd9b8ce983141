using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Tests.Inventory;

public sealed class FailureWordsTests
{
    [Fact]
    public void Every_kind_of_failure_says_what_happened_and_what_to_do()
    {
        foreach (var kind in Enum.GetValues<ApiFailureKind>())
        {
            foreach (int? status in new int?[] { null, 400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 502, 503, 504, 200 })
            {
                var words = FailureWords.Of(new ApiFailure { Kind = kind, Status = status });
                words.Happened.ShouldEndWith(".");
                words.ToDo.ShouldEndWith(".");
            }
        }
    }

    [Fact]
    public void A_rate_limit_says_until_when() =>
        FailureWords.Of(new ApiFailure { Kind = ApiFailureKind.Throttled, RetryAt = new DateTimeOffset(2026, 11, 23, 14, 2, 11, TimeSpan.FromHours(1)) })
            .Happened.ShouldBe("DigitalOcean's rate limit is reached until 13:02:11 UTC.");

    [Fact]
    public void A_host_that_is_left_alone_says_until_when() =>
        FailureWords.Of(new ApiFailure { Kind = ApiFailureKind.NotSent, RetryAt = new DateTimeOffset(2026, 11, 23, 13, 2, 11, TimeSpan.Zero) })
            .Happened.ShouldBe("DigitalOcean has not answered of late, so it is not asked until 13:02:11 UTC.");

    [Fact]
    public void A_scope_that_is_missing_is_named() =>
        FailureWords.Of(new ApiFailure { Kind = ApiFailureKind.Forbidden, Scope = "database:create" }).ToDo.ShouldBe("Ask an admin to give the token the scope database:create.");

    [Fact]
    public void A_body_that_is_not_json_is_said_to_be_unreadable() =>
        FailureWords.Of(new ApiFailure { Kind = ApiFailureKind.Unknown, Status = 201, Detail = "not JSON" })
            .Happened.ShouldBe("DigitalOcean answered with status 201, but the answer cannot be read (not JSON).");
}
