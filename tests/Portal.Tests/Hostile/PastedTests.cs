using Portal.Connections.Diagnosis;

namespace Portal.Tests.Hostile;

/// <summary>Whatever is pasted to be diagnosed, reading it ends, and a password that stands where passwords stand is cut out.</summary>
public sealed class PastedTests
{
    private const string Canary = "s3cr3tCanary";

    [Fact]
    public void Any_text_is_read_to_its_end() => HostileText.Hold(text =>
    {
        var cut = PasswordCut.Cut(text[..Math.Min(text.Length, Diagnoser.LongestText)]);

        ConnectionReader.Read(cut);
        PasswordCut.Cut(cut).ShouldBe(cut);
    }, times: 1000);

    [Fact]
    public void A_password_with_anything_around_it_in_its_field_is_cut_out() => HostileText.Hold(text =>
    {
        var safe = new string([.. text.Take(200).Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && letter is not ('\u2028' or '\u2029'))]);
        foreach (var pasted in new[]
        {
            $"postgres://app:{Uri.EscapeDataString(safe)}{Canary}@h.example:25061/p",
            $"Host=h;Port=1;Database=p;Username=app;Password=\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}{Canary}\"",
            $"host=h password='{safe.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}{Canary}' dbname=p",
            $"{{\"password\":{System.Text.Json.JsonSerializer.Serialize(safe + Canary)},\"host\":\"h\"}}",
        })
        {
            PasswordCut.Cut(pasted).Contains(Canary, StringComparison.Ordinal).ShouldBeFalse("a password was left");
        }
    }, times: 1000);
}
