using BtcAgent.Contracts.Settings;

namespace BtcAgent.Silo.Tests.Training;

internal static class RetrainingOptionsCopy
{
    /// <summary>A copy with changes.</summary>
    public static RetrainingOptions With(this RetrainingOptions options, Action<RetrainingOptions> change)
    {
        var copy = new RetrainingOptions { MemoryMb = options.MemoryMb, KillAfterSeconds = options.KillAfterSeconds };
        change(copy);
        return copy;
    }
}
