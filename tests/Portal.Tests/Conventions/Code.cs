using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Portal.DigitalOcean;

namespace Portal.Tests.Conventions;

/// <summary>What the compiled code refers to: signatures, attributes, and the instructions of every method.</summary>
internal static class Code
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static Assembly Portal { get; } = typeof(global::Portal.Access.Person).Assembly;

    public static Assembly DigitalOcean { get; } = typeof(DigitalOceanClient).Assembly;

    /// <summary>Types that somebody wrote; what the compiler made belongs to the type that it is nested in.</summary>
    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes().Where(type => !IsMade(type) && !IsMigration(type));

    public static bool IsMade(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || (type.DeclaringType is { } outer && IsMade(outer));

    public static bool IsMigration(Type type) => type.Namespace?.StartsWith("Portal.Storage.Migrations", StringComparison.Ordinal) is true;

    /// <summary>The type that is not nested in another.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    public static IEnumerable<MethodBase> Methods(Type type) => [.. type.GetMethods(Declared), .. type.GetConstructors(Declared)];

    /// <summary>Everything that a type names, itself and what is nested in it apart.</summary>
    public static IEnumerable<Type> TypesNamedBy(Type type)
    {
        List<Type?> named = [type.BaseType, .. type.GetInterfaces()];
        named.AddRange(Attributes(type));
        named.AddRange(type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()));
        foreach (var field in type.GetFields(Declared))
        {
            named.AddRange([field.FieldType, .. Attributes(field)]);
        }

        foreach (var property in type.GetProperties(Declared))
        {
            named.AddRange(Attributes(property));
        }

        foreach (var method in Methods(type))
        {
            named.AddRange([.. method.GetParameters().Select(parameter => parameter.ParameterType), (method as MethodInfo)?.ReturnType, .. Attributes(method)]);
            if (method.GetMethodBody() is { } body)
            {
                named.AddRange(body.LocalVariables.Select(local => local.LocalType));
                named.AddRange(body.ExceptionHandlingClauses.Where(clause => clause.Flags is ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType));
            }

            named.AddRange(MembersNamedBy(method).SelectMany(TypesOf));
        }

        return named.OfType<Type>().SelectMany(Parts).Distinct();
    }

    /// <summary>Every member that a method's instructions name.</summary>
    public static IEnumerable<MemberInfo> MembersNamedBy(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] is 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var instruction = OpCodesByValue[value];
            at += instruction.Size;
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType
                && method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod) is { } member)
            {
                yield return member;
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    /// <summary>The methods, by the outermost type that holds them, whose instructions name a member.</summary>
    public static IEnumerable<Type> Users(Assembly assembly, [NotNull] MemberInfo member) =>
        assembly.GetTypes()
            .Where(type => Methods(type).SelectMany(MembersNamedBy).Any(named => named.Module == member.Module && named.MetadataToken == member.MetadataToken))
            .Select(Outermost)
            .Distinct();

    private static IEnumerable<Type?> Attributes(MemberInfo member) => member.CustomAttributes.SelectMany(attribute => (Type?[])
    [
        attribute.AttributeType,
        .. attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue)).Select(argument => argument.Value as Type),
    ]);

    private static IEnumerable<Type?> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodBase method =>
        [
            method.DeclaringType,
            (method as MethodInfo)?.ReturnType,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)],
        { IsGenericParameter: true } => [],
        _ => [type],
    };
}
