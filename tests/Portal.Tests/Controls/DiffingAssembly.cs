using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Portal.Tests.Controls;

/// <summary>bunit asks for AngleSharp.Diffing 1.0, and gets the version that lies beside the tests (eng/Bunit.props says why).</summary>
internal static class DiffingAssembly
{
    private const string Name = "AngleSharp.Diffing";

#pragma warning disable CA2255 // A test assembly is an application of its own, and this has to be there before the first component is compared.
    [ModuleInitializer]
    public static void Provide() => AssemblyLoadContext.Default.Resolving += (context, wanted) => wanted.Name == Name
        ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"))
        : null;
#pragma warning restore CA2255
}
