using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Portal.Access;
using Portal.Controls;

namespace Portal.Connections.Diagnosis;

/// <summary>Says what a pasted connection string or error message means. What was pasted never becomes state of the page.</summary>
public sealed partial class DiagnosePage : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ElementReference _field;
    private ElementReference _result;
    private IJSObjectReference? _module;
    private KnownPool? _about;
    private Diagnosed? _diagnosed;
    private string? _mistake;
    private string? _trouble;
    private bool _isBusy;
    private bool _isResultNew;

    /// <summary>With <see cref="Pool"/>: the pool whose page the question came from.</summary>
    [SupplyParameterFromQuery(Name = "cluster")]
    private string? Cluster { get; set; }

    [SupplyParameterFromQuery(Name = "pool")]
    private string? Pool { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [Inject]
    private Sessions Sessions { get; set; } = null!;

    [Inject]
    private Diagnoser Diagnoser { get; set; } = null!;

    [Inject]
    private KnownNames Surroundings { get; set; } = null!;

    [Inject]
    private IJSRuntime JavaScript { get; set; } = null!;

    protected override async Task OnParametersSetAsync() =>
        _about = QueryValue.Id(Cluster) is not { } cluster || Pool is null ? null : (await Surroundings.ReadAsync("", null, cluster, Pool, _gone.Token)).About;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isResultNew)
        {
            _isResultNew = false;
            await _result.FocusAsync();
        }
    }

    private async Task DiagnoseAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        _mistake = null;
        _trouble = null;
        try
        {
            var session = SessionKey.Of((await Authentication).User) ?? SessionKey.None;
            var read = await Sessions.ReadAsync(session, _gone.Token);
            if (!read.TryGet(out var person, out var refusal))
            {
                _trouble = refusal.Message;
            }
            else if (person.Roles.Count == 0)
            {
                _trouble = "You have no role in the portal. Ask an admin for one.";
            }
            else
            {
                await ReadAndDiagnoseAsync();
            }
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            _trouble = "The text could not be read in your browser. Load the page again and paste it once more.";
        }
        finally
        {
            _isBusy = false;
        }
    }

    // As bytes: of a text the framework would write every argument to its log at Debug, of bytes it writes the type.
    private async Task ReadAndDiagnoseAsync()
    {
        var module = await ModuleAsync();
        var bytes = await module.InvokeAsync<byte[]>("read", _gone.Token, _field, Diagnoser.LongestText);
        try
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (string.IsNullOrWhiteSpace(text))
            {
                _diagnosed = null;
                _mistake = "Paste a connection string or an error message";
                await _field.FocusAsync();
                return;
            }

            _diagnosed = await Diagnoser.DiagnoseAsync(text, _about?.ClusterId, _about?.Name, _gone.Token);
            _isResultNew = true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>What stands on the page anyway, chosen in place of pasting it.</summary>
    private async Task DiagnoseSampleAsync(string sample)
    {
        _mistake = null;
        _diagnosed = await Diagnoser.DiagnoseAsync(sample, _about?.ClusterId, _about?.Name, _gone.Token);
        _isResultNew = true;
    }

    private async Task ClearAsync()
    {
        _diagnosed = null;
        _mistake = null;
        _trouble = null;
        try
        {
            await (await ModuleAsync()).InvokeVoidAsync("clear", _gone.Token, _field);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The field is the browser's; without it there is nothing to clear.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await JavaScript.InvokeAsync<IJSObjectReference>("import", _gone.Token, $"./{Assets["js/diagnose.js"]}");

    private static string Heading(Diagnosed diagnosed) => diagnosed.Findings switch
    {
        [] when diagnosed.Connection is null => "This is not known here",
        [] => "Nothing wrong stands out",
        [{ Certainty: Certainty.Possible }, ..] => "Nothing is plainly wrong; this is worth a look",
        [{ Certainty: Certainty.Likely }] => "Most likely",
        [{ Certainty: Certainty.Likely }, ..] => "Most likely first",
        [_] => "Found",
        [..] => "Found, the most certain first",
    };

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and the module with it.
            }
        }
    }
}
