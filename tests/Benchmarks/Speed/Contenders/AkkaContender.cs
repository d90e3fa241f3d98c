using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Akka.Persistence.Sql: a persistent actor for each case, asked for each step, answering once its event is in the journal, which
/// batches.</summary>
internal sealed class AkkaContender(Ground ground) : IContender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CaseNumbers numbers = new();
    private ActorSystem? system;

    public KeptSteps Kept { get; } = new("SELECT count(*) FROM journal");

    public async Task StartAsync(CancellationToken cancellation)
    {
        system = ActorSystem.Create("peer", Settings());

        // The journal makes its tables when it is first asked.
        await NewCase("start").Ask<object>(CaseEvent.Of(0, Step.Seal) with { Version = 0 }, Patience, cancellation);
    }

    public Task<ILane> NewLaneAsync() => Task.FromResult<ILane>(new Lane(this));

    public async ValueTask DisposeAsync()
    {
        if (system is not null)
        {
            await system.Terminate();
        }
    }

    private IActorRef NewCase(string name) => system!.ActorOf(Props.Create(() => new CaseActor(name)));

    private Config Settings() =>
        ConfigurationFactory
            .ParseString(
                $$"""
                akka {
                  loglevel = ERROR
                  stdout-loglevel = ERROR
                  coordinated-shutdown.run-by-clr-shutdown-hook = off
                  actor {
                    serializers.case-json = "{{typeof(AkkaCaseJson).AssemblyQualifiedName}}"
                    serialization-bindings."{{typeof(CaseEvent).AssemblyQualifiedName}}" = case-json
                  }
                  persistence {
                    max-concurrent-recoveries = 256
                    snapshot-store.plugin = "akka.persistence.no-snapshot-store"
                    journal {
                      plugin = "akka.persistence.journal.sql"
                      sql {
                        connection-string = "{{PostgresPool.Tuned(ground)}}"
                        provider-name = "PostgreSQL.15"
                        tag-write-mode = Csv
                        parallelism = 4
                      }
                    }
                  }
                }
                """
            )
            .WithFallback(SqlPersistence.DefaultConfiguration);

    /// <summary>Each opening makes the case's actor; it stops itself once the case is sealed.</summary>
    private sealed class Lane(AkkaContender contender) : ILane
    {
        private long number;
        private IActorRef? @case;

        public Task StepAsync(Step step)
        {
            if (step == Step.Open)
            {
                number = contender.numbers.Next();
                @case = contender.NewCase($"case-{number.ToString(CultureInfo.InvariantCulture)}");
            }

            return @case!.Ask<object>(CaseEvent.Of(number, step), Patience);
        }
    }

    private sealed class CaseActor : ReceivePersistentActor
    {
        private CaseEvent? latest;

        public CaseActor(string id)
        {
            PersistenceId = id;
            Recover<CaseEvent>(happened => latest = happened);
            Command<CaseEvent>(happened =>
                Persist(
                    happened,
                    stored =>
                    {
                        latest = stored;
                        Sender.Tell(true);
                        if (latest.Version is 0 or (int)Step.Seal)
                        {
                            Context.Stop(Self);
                        }
                    }
                )
            );
        }

        public override string PersistenceId { get; }

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
        {
            Sender.Tell(new Status.Failure(cause));
            base.OnPersistFailure(cause, @event, sequenceNr);
        }
    }
}
