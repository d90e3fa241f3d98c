using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Matters.Binding;

/// <summary>
/// Binds the parameters of a plain function to what a case has, by name and type, once at load: <c>offenceDate</c> is the procedure's field
/// <c>offence-date</c>; <c>file</c>, <c>day</c>, <c>item</c> and the others of <see cref="CaseParameter"/> are the case's own; a type that
/// the matter
/// composes itself is made by its function. What is not nullable must be there.
/// </summary>
internal sealed class FunctionBinder<T>
{
    private readonly ParameterExpression check = Expression.Parameter(typeof(ActCheck).MakeByRefType(), "check");
    private readonly ParameterExpression missing = Expression.Parameter(typeof(Func<string, T>), "missing");
    private readonly LabelTarget end = Expression.Label(typeof(T), "end");
    private readonly IReadOnlyDictionary<Type, Delegate> values;
    private readonly NullabilityInfoContext nullability = new();
    private readonly List<FieldRead> fields = [];
    private readonly List<string> people = [];
    private readonly List<ParameterExpression> variables = [];
    private readonly List<Expression> body = [];
    private FactNeeds facts;
    private RuleSubject subject;

    private FunctionBinder(IReadOnlyDictionary<Type, Delegate> values) => this.values = values;

    /// <param name="function">A static function.</param>
    /// <param name="values">Functions that compose a type of parameter from other parameters, by that type.</param>
    /// <exception cref="ArgumentException">A parameter that nothing can be bound to.</exception>
    public static (CaseReads Reads, CaseFunction<T> Call) Bind(Delegate function, IReadOnlyDictionary<Type, Delegate> values)
    {
        var binder = new FunctionBinder<T>(values);
        var call = Expression.Convert(binder.Call(function), typeof(T));
        binder.body.Add(Expression.Label(binder.end, call));
        var reads = new CaseReads([.. binder.fields], binder.subject, binder.facts, [.. binder.people]);

        // Compiled when it is first asked: a console that only lists never asks.
        var compiled = new Lazy<CaseFunction<T>>(() =>
            Expression.Lambda<CaseFunction<T>>(Expression.Block(binder.variables, binder.body), binder.check, binder.missing).Compile()
        );
        return (reads, (in check, missing) => compiled.Value(check, missing));
    }

    private MethodCallExpression Call(Delegate function)
    {
        var method = function.Method;
        Expression[] arguments = [.. method.GetParameters().Select(Argument)];
        return function.Target is { } target
            ? Expression.Call(Expression.Constant(target), method, arguments)
            : Expression.Call(method, arguments);
    }

    private Expression Argument(ParameterInfo parameter)
    {
        var name = parameter.Name!;
        var (type, required) = Nullable.GetUnderlyingType(parameter.ParameterType) is { } inner
            ? (inner, false)
            : (
                parameter.ParameterType,
                parameter.ParameterType.IsValueType || nullability.Create(parameter).ReadState == NullabilityState.NotNull
            );
        return values.TryGetValue(type, out var compose) ? Call(compose)
            : CaseParameter.All.TryGetValue(name, out var own) && own.Type == type ? Own(own, name, type, required)
            : FieldReaders.Of(type) is { } field ? Field(parameter, field.Read, field.Type, required)
            : throw new ArgumentException(
                $"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}: nothing can be bound to "
                    + $"'{parameter.ParameterType.Name} {name}'."
            );
    }

    private ParameterExpression Own(CaseParameter own, string name, Type type, bool required)
    {
        facts |= own.Needs;
        var variable = Variable(type, name);
        body.Add(Expression.Assign(variable, Expression.Invoke(Expression.Constant(own.Read), check)));
        if (required || own.Needs != FactNeeds.None)
        {
            subject |= own.Subject;
        }

        if (required && !type.IsValueType)
        {
            body.Add(Expression.IfThen(Expression.ReferenceEqual(variable, Expression.Constant(null)), Missing(own.Told ?? name)));
        }

        return variable;
    }

    private ParameterExpression Field(ParameterInfo parameter, MethodInfo read, FieldType type, bool required)
    {
        var name = KebabCase(parameter.Name!);
        var ifKnown = parameter.GetCustomAttribute<IfKnownAttribute>() is not null;
        var types = parameter.GetCustomAttribute<FieldTypesAttribute>()?.Types ?? [type];
        if (fields.TrueForAll(f => f.Name != name))
        {
            fields.Add(
                new FieldRead(
                    name,
                    ifKnown ? ReadWhen.IfKnown
                        : required ? ReadWhen.Always
                        : ReadWhen.Offered,
                    [.. types]
                )
            );
        }

        if (type == FieldType.Staff && !people.Contains(name))
        {
            people.Add(name);
        }

        var value = Variable(read.GetParameters()[^1].ParameterType.GetElementType()!, parameter.Name!);
        var reading = Expression.Call(read, check, Expression.Constant(name), value);
        if (required && !ifKnown)
        {
            body.Add(Expression.IfThen(Expression.Not(reading), Missing(name)));
            return value;
        }

        if (parameter.ParameterType == value.Type)
        {
            // A text or person that isn't there is null, a flag that isn't there is not set.
            body.Add(Expression.IfThen(Expression.Not(reading), Expression.Assign(value, Expression.Default(value.Type))));
            return value;
        }

        var optional = Variable(parameter.ParameterType, parameter.Name!);
        body.Add(
            Expression.Assign(
                optional,
                Expression.Condition(reading, Expression.Convert(value, optional.Type), Expression.Default(optional.Type))
            )
        );
        return optional;
    }

    private GotoExpression Missing(string name) => Expression.Return(end, Expression.Invoke(missing, Expression.Constant(name)), typeof(T));

    private ParameterExpression Variable(Type type, string name)
    {
        var variable = Expression.Variable(type, name);
        variables.Add(variable);
        return variable;
    }

    // A parameter offenceDate reads the field offence-date.
    private static string KebabCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
