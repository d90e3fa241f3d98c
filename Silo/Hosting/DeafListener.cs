using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TownReform.Silo.Hosting;

/// <summary>
/// Takes the place of the sockets that a silo listens on. A silo alone in its process talks to nobody else, so it needs no port,
/// and several of them never meet.
/// </summary>
internal sealed class DeafListener : IConnectionListenerFactory
{
    /// <summary>Orleans registers its listeners under keys of its own; each is replaced under its key.</summary>
    /// <exception cref="InvalidOperationException">There is none to replace: the silo would open its ports after all.</exception>
    public static void ReplaceAllIn(IServiceCollection services)
    {
        var listeners = services.Where(s => s.IsKeyedService && s.ServiceType == typeof(IConnectionListenerFactory)).ToArray();
        if (listeners.Length == 0)
        {
            throw new InvalidOperationException("Orleans registers no listener to replace.");
        }

        foreach (var listener in listeners)
        {
            services.Replace(ServiceDescriptor.KeyedSingleton<IConnectionListenerFactory>(listener.ServiceKey, new DeafListener()));
        }
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Deaf(endpoint));

    private sealed class Deaf(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(unbound.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            unbound.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
