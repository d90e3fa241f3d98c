using System.Text.RegularExpressions;
using Mono.Cecil;

namespace TownReform.Rules.Tests;

/// <summary>Which namespaces of an assembly use which, by the types that their types use: bases, fields, signatures and what methods call;
/// and by the <c>using</c> lines of their sources, since constants leave no trace in an assembly.</summary>
internal sealed partial class NamespaceCircles
{
    private readonly SortedDictionary<(string From, string To), SortedSet<string>> uses = [];
    private readonly string root;

    private NamespaceCircles(string root) => this.root = root;

    /// <param name="assembly">Path of the assembly.</param>
    /// <param name="root">Its own namespaces begin so; what the compiler's generators add lies elsewhere.</param>
    public static NamespaceCircles Of(string assembly, string root, IEnumerable<string> sources)
    {
        var circles = new NamespaceCircles(root);
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var type in module.GetTypes())
        {
            circles.Add(type);
        }

        foreach (var source in sources)
        {
            circles.AddUsings(Path.GetFileName(source), File.ReadAllText(source));
        }

        return circles;
    }

    /// <summary>Every use between two namespaces of one circle, with the types that use each other.</summary>
    public IEnumerable<(string From, string To, string Types)> Find()
    {
        var reached = uses.Keys.Select(use => use.From).Distinct().ToDictionary(from => from, Reached);
        return uses.Where(use => reached.GetValueOrDefault(use.Key.To)?.Contains(use.Key.From) == true)
            .Select(use => (use.Key.From, use.Key.To, string.Join(", ", use.Value)));
    }

    private HashSet<string> Reached(string from)
    {
        var (reached, open) = (new HashSet<string>(), new Stack<string>([from]));
        while (open.TryPop(out var next))
        {
            foreach (var use in uses.Keys.Where(use => use.From == next && reached.Add(use.To)))
            {
                open.Push(use.To);
            }
        }

        return reached;
    }

    private void AddUsings(string file, string text)
    {
        var from = Namespace().Match(text).Groups[1].Value;
        foreach (var to in Using().Matches(text).Select(m => m.Groups[1].Value))
        {
            Add(from, to, $"{file}: using");
        }
    }

    private void Add(TypeDefinition type)
    {
        Add(type, type.BaseType);
        foreach (
            var used in type
                .Interfaces.Select(i => i.InterfaceType)
                .Concat(type.Fields.Select(f => f.FieldType))
                .Concat(type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType))
                .Concat(type.CustomAttributes.Select(a => a.AttributeType))
        )
        {
            Add(type, used);
        }

        foreach (var method in type.Methods)
        {
            AddSignature(type, method);
            foreach (var instruction in method.HasBody ? method.Body.Instructions : [])
            {
                AddOperand(type, instruction.Operand);
            }
        }
    }

    private void AddOperand(TypeDefinition type, object? operand)
    {
        switch (operand)
        {
            case TypeReference used:
                Add(type, used);
                break;
            case FieldReference field:
                Add(type, field.DeclaringType);
                Add(type, field.FieldType);
                break;
            case MethodReference method:
                AddSignature(type, method);
                break;
            default:
                break;
        }
    }

    private void AddSignature(TypeDefinition type, MethodReference method)
    {
        Add(type, method.DeclaringType);
        Add(type, method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            Add(type, parameter.ParameterType);
        }

        foreach (var argument in (method as GenericInstanceMethod)?.GenericArguments ?? [])
        {
            Add(type, argument);
        }
    }

    private void Add(TypeDefinition type, TypeReference? used)
    {
        foreach (var argument in (used as GenericInstanceType)?.GenericArguments ?? [])
        {
            Add(type, argument);
        }

        if (used?.GetElementType() is { IsGenericParameter: false } element && element.Scope == type.Module)
        {
            Add(Outermost(type).Namespace, Outermost(element).Namespace, $"{Outermost(type).Name} → {Outermost(element).Name}");
        }
    }

    private void Add(string from, string to, string what)
    {
        if (from != to && IsOwn(from) && IsOwn(to))
        {
            uses.TryAdd((from, to), []);
            uses[(from, to)].Add(what);
        }
    }

    private bool IsOwn(string name) => name == root || name.StartsWith($"{root}.", StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
