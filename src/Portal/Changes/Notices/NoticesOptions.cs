using Microsoft.Extensions.Options;

namespace Portal.Changes.Notices;

/// <summary>How the body of a notice is written.</summary>
internal enum NoticeFormat
{
    /// <summary>An object with everything that is known, signed.</summary>
    Json,

    /// <summary>What an incoming webhook of Slack takes: one text.</summary>
    Slack,
}

/// <summary>Where it is told that something waits, was decided or went wrong: <c>Notices</c> in the settings.</summary>
internal sealed class NoticesOptions
{
    public const string Section = "Notices";

    /// <summary>Where notices are sent by POST: https, or plain http on this machine. Default: none, nothing is told. An address that is a secret itself belongs into the vault, see <see cref="UrlPath"/>.</summary>
    /// <example>https://hooks.example.com/pool-portal</example>
    public string? Url { get; init; }

    /// <summary>Where in the vault the address is, in the field <c>url</c>, when it is a secret, as that of a webhook of Slack is. In the place of <see cref="Url"/>. Default: none.</summary>
    /// <example>pool-portal/slack</example>
    public string? UrlPath { get; init; }

    /// <summary>Where in the vault the secret is that signs notices, in the field <c>secret</c>. Default: <c>pool-portal/notices</c>. Not used by <see cref="NoticeFormat.Slack"/>.</summary>
    public string SecretPath { get; init; } = "pool-portal/notices";

    /// <summary><c>Json</c> or <c>Slack</c>. Default: <c>Json</c>.</summary>
    public NoticeFormat Format { get; init; } = NoticeFormat.Json;

    /// <summary>How long to wait before the second attempt; each further wait is twice as long. From 0:00:01 to 1:00:00; default: 0:00:10.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two attempts. From <see cref="RetryAfter"/> to 1.00:00:00; default: 1:00:00.</summary>
    public TimeSpan RetryAtMost { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a notice is tried before it is given up. From 0:01:00 to 7.00:00:00; default: 1.00:00:00.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromDays(1);

    public bool IsOn => Url is { Length: > 0 } || UrlPath is { Length: > 0 };

    /// <summary>Whether notices may be sent there.</summary>
    public static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { UserInfo: "", Fragment: "" };
}

internal sealed class NoticesOptionsValidator : IValidateOptions<NoticesOptions>
{
    public ValidateOptionsResult Validate(string? name, NoticesOptions options)
    {
        List<string> wrong = [];
        if (options.Url is { Length: > 0 } url && !NoticesOptions.IsAddress(url))
        {
            wrong.Add("Notices:Url must be an https address without a user, for example https://hooks.example.com/pool-portal. Plain http is taken for a loopback host only.");
        }

        if (options is { Url.Length: > 0, UrlPath.Length: > 0 })
        {
            wrong.Add("Notices:Url and Notices:UrlPath say the same: set one of them.");
        }

        if (string.IsNullOrWhiteSpace(options.SecretPath))
        {
            wrong.Add("Notices:SecretPath must name a secret of the vault, for example pool-portal/notices.");
        }

        if (options.RetryAfter < TimeSpan.FromSeconds(1) || options.RetryAfter > TimeSpan.FromHours(1))
        {
            wrong.Add("Notices:RetryAfter must be from 0:00:01 to 1:00:00.");
        }

        if (options.RetryAtMost < options.RetryAfter || options.RetryAtMost > TimeSpan.FromDays(1))
        {
            wrong.Add("Notices:RetryAtMost must be from Notices:RetryAfter to 1.00:00:00.");
        }

        if (options.RetryFor < TimeSpan.FromMinutes(1) || options.RetryFor > TimeSpan.FromDays(7))
        {
            wrong.Add("Notices:RetryFor must be from 0:01:00 to 7.00:00:00.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
