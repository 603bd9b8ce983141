using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>The fields of a pool in words.</summary>
internal static class FieldWords
{
    public static string Of(PoolFields fields) =>
        string.Create(CultureInfo.InvariantCulture, $"{fields.Mode.ToApiText()}, size {fields.Size}, database {fields.Database}, {(fields.User is null ? "inbound user" : $"user {fields.User}")}");

    /// <summary>Each field with what it is called: before and after side by side.</summary>
    public static IEnumerable<(string Label, string Before, string After)> Rows(PoolFields before, PoolFields after) =>
    [
        ("Mode", before.Mode.ToString(), after.Mode.ToString()),
        ("Pool size", before.Size.ToString(CultureInfo.InvariantCulture), after.Size.ToString(CultureInfo.InvariantCulture)),
        ("Database", before.Database, after.Database),
        ("Database user", before.User ?? "Inbound user", after.User ?? "Inbound user"),
    ];
}
