using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Portal.Shell;

/// <summary>A link of the navigation: current on its own page and on the pages that belong to it.</summary>
public sealed class SectionLink(NavigationManager navigation) : NavLink
{
    protected override bool ShouldMatch(string uriAbsolute)
    {
        var current = Navigation.Find(navigation.ToBaseRelativePath(uriAbsolute).Split('?', '#')[0]);
        return current is not null && AdditionalAttributes?.GetValueOrDefault("href") is string address && current.Address == address;
    }
}
