using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace TownReform;

/// <summary>A refusal in the form that a grain's method promises. For filters, which know the method only when it is called.</summary>
public static class RefusedOutcome
{
    private static readonly ConcurrentDictionary<MethodInfo, Func<Refusal, object>?> Known = new();

    /// <summary>Makes the method's outcome of a refusal; null where the method answers with no outcome.</summary>
    public static Func<Refusal, object>? Of(MethodInfo method) => Known.GetOrAdd(method, Make);

    private static Func<Refusal, object>? Make(MethodInfo method)
    {
        if (
            method.ReturnType is not { IsGenericType: true } task
            || task.GetGenericArguments()[0] is not { IsGenericType: true } outcome
            || outcome.GetGenericTypeDefinition() != typeof(Outcome<>)
        )
        {
            return null;
        }

        var refusal = Expression.Parameter(typeof(Refusal));
        return Expression
            .Lambda<Func<Refusal, object>>(Expression.Convert(Expression.Convert(refusal, outcome), typeof(object)), refusal)
            .Compile();
    }
}
