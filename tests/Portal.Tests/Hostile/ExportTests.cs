using System.Text;
using System.Text.Json;
using Portal.Changes.Notices;
using Portal.Operations;

namespace Portal.Tests.Hostile;

/// <summary>What leaves the portal is text to whoever opens it: no formula in a spreadsheet, no mention or link in a chat.</summary>
public sealed class ExportTests
{
    // What spreadsheets pass over before they look whether a formula begins.
    private static readonly char[] PassedOver = [' ', '\u00a0', '\u3000', '\u200b', '\ufeff'];

    [Fact]
    public void A_cell_of_a_csv_file_comes_back_as_it_was_and_never_begins_a_formula() => HostileText.Hold(text =>
    {
        var cells = Rfc4180($"{Csv.Field("before")},{Csv.Field(text)},{Csv.Field("after")}\r\n");

        cells.Count.ShouldBe(3);
        cells[1].TrimStart('\'').ShouldBe(text.TrimStart('\''));
        "=+-@\t\r\n＝＋－＠".Contains(cells[1].TrimStart(PassedOver).FirstOrDefault('x'), StringComparison.Ordinal).ShouldBeFalse();
    });

    [Fact]
    public void A_notice_in_a_chat_has_one_link_and_no_mention_whatever_people_wrote() => HostileText.Hold(text =>
    {
        var facts = new NoticeFacts(text, text, text, text, Change: null, text);
        foreach (var action in NoticeWords.Actions)
        {
            var body = new NoticeBody(1, "kind", DateTimeOffset.UnixEpoch, text, text, text, text, 1, [text], NoticeWords.TextOf(action, facts), "https://pools.example.com/changes/1");

            var said = JsonDocument.Parse(NoticeBody.Written(body.ToJson(), NoticeFormat.Slack)).RootElement.GetProperty("text").GetString()!;

            said.Count(letter => letter == '<').ShouldBe(1);
            said.Count(letter => letter == '>').ShouldBe(1);
            said.ShouldEndWith("<https://pools.example.com/changes/1|Open>");
        }
    }, times: 200);

    /// <summary>One line by RFC 4180, section 2, read by hand: a library might forgive what a spreadsheet does not.</summary>
    private static List<string> Rfc4180(string line)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            switch (line[index])
            {
                case '"' when isQuoted && index + 1 < line.Length && line[index + 1] == '"':
                    cell.Append('"');
                    index++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                case '\r' when !isQuoted && line[(index + 1)..] == "\n":
                    cells.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\n' when !isQuoted:
                    break;
                default:
                    cell.Append(line[index]);
                    break;
            }
        }

        return cells;
    }
}
