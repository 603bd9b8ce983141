using Microsoft.AspNetCore.WebUtilities;
using Portal.Access;
using Portal.Inventory;
using Portal.Records;
using Portal.Reviews.LookAfter;
using Portal.Reviews.Queue;
using Portal.Shell;

namespace Portal.Tests.Hostile;

/// <summary>Whatever stands in an address, a page comes of it, and an address that the portal writes means what it was written for.</summary>
public sealed class AddressTests
{
    private static readonly Uri Portal = new("https://pools.example.com");

    [Fact]
    public void Every_list_reads_any_query_and_reads_its_own_address_the_same_way() => HostileText.Hold(text =>
    {
        Same(PoolQuery.Read(_ => text), query => query.ToAddress(), PoolQuery.Read);
        Same(RecordQuery.Read(_ => text), query => query.ToAddress(), RecordQuery.Read);
        Same(ReviewQuery.Read(_ => text), query => query.ToAddress(), ReviewQuery.Read);
        Same(CareQuery.Read(_ => text), query => query.ToAddress(), CareQuery.Read);
    });

    [Fact]
    public void The_way_back_from_the_sign_in_never_leaves_the_portal() => HostileText.Hold(text =>
    {
        foreach (var address in new[] { text, $"/{text}", $"//{text}", $"/\\{text}", $"/%09/{text}", $"/{Uri.EscapeDataString(Wellformed(text))}", $"https://{text}", $"/@{text}", $"/a?b={text}" })
        {
            var back = ReturnAddress.OrHome(address);

            back.ShouldStartWith("/");
            back.ShouldAllBe(letter => letter > ' ' && letter < '\x7f');
            // As a browser takes it: relative to the portal, with tabs and line breaks dropped, and backslashes for slashes.
            var seen = new Uri(Portal, back.Replace('\\', '/'));
            (seen.Scheme, seen.Authority).ShouldBe((Portal.Scheme, Portal.Authority));
            var decoded = new Uri(Portal, Uri.UnescapeDataString(back).Replace('\\', '/'));
            (decoded.Scheme, decoded.Authority).ShouldBe((Portal.Scheme, Portal.Authority));
        }
    });

    [Fact]
    public void What_a_stranger_sent_is_one_line_of_the_log() => HostileText.Hold(text =>
    {
        var line = LogText.Of(text);

        line.Length.ShouldBeInRange(1, 200);
        line.ShouldAllBe(letter => !char.IsControl(letter) && letter != '\u2028' && letter != '\u2029');
    });

    private static void Same<T>(T query, Func<T, string> write, Func<Func<string, string?>, T> read)
    {
        var address = write(query);
        var values = QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");

        // Half a surrogate pair cannot be written into an address; what is read back is written the same way again.
        write(read(key => values.TryGetValue(key, out var value) ? value.ToString() : null)).ShouldBe(address);
    }

    private static string Wellformed(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);
}
