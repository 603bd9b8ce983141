using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Portal.Sandbox.Clusters;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The sandbox as a process of its own, with a ledger on the disk: whatever is killed, this knows what was really done.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _control;

    private SandboxProcess(Process process, Uri address, string secretIdFile, string clientSecret)
    {
        _process = process;
        Address = address;
        SecretIdFile = secretIdFile;
        ClientSecret = clientSecret;
        _control = new HttpClient { BaseAddress = address };
        Api = new SandboxApi(address);
    }

    public Uri Address { get; }

    public string SecretIdFile { get; }

    public string ClientSecret { get; }

    /// <summary>Any other client of the API.</summary>
    public SandboxApi Api { get; }

    public static async Task<SandboxProcess> StartAsync(string folder, int clusters)
    {
        var port = FreePorts.Next();
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        var secretFile = Path.Combine(folder, "client-secret");
        await File.WriteAllTextAsync(secretFile, secret);
        var secretIdFile = Path.Combine(folder, "vault-secret-id");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Portal.Sandbox")) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var settings = new Dictionary<string, string>
        {
            ["SANDBOX_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["Sandbox__Live"] = "false",
            ["Sandbox__Clusters"] = clusters.ToString(CultureInfo.InvariantCulture),
            ["Sandbox__LedgerPath"] = Path.Combine(folder, "ledger.jsonl"),
            ["Sandbox__SecretIdFile"] = secretIdFile,
            ["Sandbox__ClientSecretFile"] = secretFile,
            ["Sandbox__RequestsPerMinute"] = "1000000000",
            ["Sandbox__RequestsPerHour"] = "1000000000",
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var sandbox = new SandboxProcess(process, new Uri($"http://127.0.0.1:{port}"), secretIdFile, secret);
        await Eventually.BecomesTrueAsync("the sandbox is ready", sandbox.IsReadyAsync, TimeSpan.FromSeconds(60));
        return sandbox;
    }

    public async Task FaultAsync(Fault fault)
    {
        using var answer = await _control.PostAsJsonAsync("/sandbox/faults", fault, new JsonSerializerOptions(JsonSerializerDefaults.Web));
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    public async Task ClearFaultsAsync() => (await _control.DeleteAsync(new Uri("/sandbox/faults", UriKind.Relative))).Dispose();

    public async Task SealAsync(bool isSealed) => (await _control.PostAsync(new Uri(isSealed ? "/sandbox/seal" : "/sandbox/unseal", UriKind.Relative), content: null)).Dispose();

    /// <summary>What was called since a row of the ledger.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(long since) =>
        (await _control.GetFromJsonAsync<LedgerPage>($"/sandbox/ledger?since={since}", new JsonSerializerOptions(JsonSerializerDefaults.Web)))!.Entries;

    public void Dispose()
    {
        Api.Dispose();
        _control.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _control.GetAsync(new Uri("/sandbox/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed record LedgerPage(IReadOnlyList<LedgerEntry> Entries);
}
