using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>Looks at states of pages: WCAG 2.2 A and AA by axe, light and dark, wide and narrow; no sideways scrolling, nothing too small to hit.</summary>
internal sealed class Inspection
{
    private static readonly AxeRunOptions Options = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly (int Width, int Height)[] Sizes = [(1280, 900), (400, 800)];

    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];

    // 2.5.8 leaves out what stands in a sentence; everything else is at least 24 by 24, or its label is.
    private const string TooSmall = """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(one => {
          if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) || one.closest('.skip-link, [hidden]')) return false;
          const target = one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') ?? one : one;
          if (one.matches('a') && getComputedStyle(one).display === 'inline' && one.parentElement.textContent.trim() !== one.textContent.trim()) return false;
          const rect = target.getBoundingClientRect();
          return rect.width < 23.5 || rect.height < 23.5;
        }).map(one => { const rect = one.getBoundingClientRect(); return `${one.outerHTML.slice(0, 120)} ${Math.round(rect.width)}x${Math.round(rect.height)}`; })
        """;

    private const string Overflowing = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)
        """;

    private readonly List<string> _violations = [];

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Looks at the page as it is now, in every size and theme.</summary>
    public async Task LookAsync(IPage page, string state)
    {
        // While a page becomes interactive its title is written anew, and not there for a moment.
        await page.WaitForFunctionAsync("() => document.title !== ''");
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var theme in Themes)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                var found = await page.RunAxe(Options);
                _violations.AddRange(found.Violations.SelectMany(violation => violation.Nodes, (violation, node) =>
                    $"{state}, {width} px, {theme}: {violation.Id}: {node.Html} {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"));
            }

            _violations.AddRange((await page.EvaluateAsync<string[]>(Overflowing)).Select(element => $"{state}, {width} px: scrolls sideways: {element}"));
            _violations.AddRange((await page.EvaluateAsync<string[]>(TooSmall)).Select(element => $"{state}, {width} px: too small: {element}"));
        }

        await page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
    }
}
