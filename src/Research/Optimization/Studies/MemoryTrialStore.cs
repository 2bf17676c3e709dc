using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Keeps nothing: a search that cannot be resumed.</summary>
internal sealed class MemoryTrialStore : ITrialStore
{
    public ImmutableArray<Trial> Trials => [];

    public ImmutableArray<string> Warnings => [];

    public void Begin(StudyIdentity identity)
    {
    }

    public void Append(Trial trial)
    {
    }

    public void Keep(int trial, TrialFold fold)
    {
    }

    public TrialFold? FoldOf(int trial, int fold) => null;
}
