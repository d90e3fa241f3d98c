using System.Collections.Immutable;
using System.Runtime.ExceptionServices;

namespace TownReform.Grains.Work;

/// <summary>Faults of single cases while a workplace goes through many: they keep the others from nothing, and are told when all had their
/// turn.</summary>
/// <param name="told">Cases whose fault an earlier look has told.</param>
internal sealed class CaseFaults(string world, HashSet<string> told)
{
    private readonly ImmutableArray<FaultedCase>.Builder faulted = ImmutableArray.CreateBuilder<FaultedCase>();
    private Exception? passing;

    public void Add(string caseNumber, Exception fault)
    {
        // In a simulated world nothing may be lost. In a live one, what is of the way to a case and not its own is for whoever asked to ask
        // again.
        if (
            world != Address.Live
            || fault is TimeoutException or OperationCanceledException or OrleansException
            || SendingAgain.LostItsPlace(fault)
        )
        {
            passing ??= fault;
        }

        faulted.Add(new(caseNumber, fault.GetBaseException().Message, Known: !told.Add(caseNumber)));
    }

    /// <summary>A case that was looked at without a fault; its next one is told again.</summary>
    public void Sound(string caseNumber)
    {
        if (told.Count > 0)
        {
            told.Remove(caseNumber);
        }
    }

    /// <returns>Cases that could not be looked at for what they are.</returns>
    /// <exception cref="Exception">The first fault that may be over when it is asked again.</exception>
    public ImmutableArray<FaultedCase> End()
    {
        if (passing is not null)
        {
            ExceptionDispatchInfo.Throw(passing);
        }

        return faulted.ToImmutable();
    }
}
