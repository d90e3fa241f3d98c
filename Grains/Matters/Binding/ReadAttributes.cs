namespace TownReform.Grains.Matters.Binding;

/// <summary>The types that a procedure's field may have for this parameter, where its own type doesn't say so: a text may be a choice, a
/// list, a person.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FieldTypesAttribute(params FieldType[] types) : Attribute
{
    public IReadOnlyList<FieldType> Types { get; } = types;
}

/// <summary>A field that procedures need not know: without it the rule is at its strictest.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class IfKnownAttribute : Attribute;
