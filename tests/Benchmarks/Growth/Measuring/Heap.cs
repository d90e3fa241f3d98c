namespace TownReform.Benchmarks.Growth.Measuring;

/// <summary>What is alive on the managed heap, and what the process takes of the machine.</summary>
internal static class Heap
{
    /// <summary>Bytes that are still used after full collections, finalizers included.</summary>
    public static long Bytes()
    {
        for (var time = 0; time < 2; time++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    public static double Megabytes() => Bytes() / 1048576.0;

    public static double WorkingSetMegabytes() => Environment.WorkingSet / 1048576.0;
}
