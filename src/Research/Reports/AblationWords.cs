using BtcAgent.Research.Training;

namespace BtcAgent.Research.Reports;

/// <summary>Findings of an ablation in words.</summary>
public static class AblationWords
{
    public static string Of(AblationFinding finding) => finding switch
    {
        AblationFinding.Helps => "helps",
        AblationFinding.Hurts => "hurts",
        AblationFinding.NoData => "has no values in these data",
        _ => "neither shown",
    };
}
