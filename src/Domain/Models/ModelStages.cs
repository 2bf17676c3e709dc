namespace BtcAgent.Domain.Models;

/// <summary>The legal stage changes.</summary>
public static class ModelStages
{
    /// <summary>
    /// One step forward, or directly to champion by an operator's decision; back to shadow from canary and champion;
    /// retired from any stage, and from retired only to candidate.
    /// </summary>
    public static bool CanMove(ModelStage from, ModelStage to) => (from, to) switch
    {
        (ModelStage.Candidate, ModelStage.Shadow or ModelStage.Champion or ModelStage.Retired) => true,
        (ModelStage.Shadow, ModelStage.Canary or ModelStage.Champion or ModelStage.Retired) => true,
        (ModelStage.Canary, ModelStage.Champion or ModelStage.Shadow or ModelStage.Retired) => true,
        (ModelStage.Champion, ModelStage.Shadow or ModelStage.Retired) => true,
        (ModelStage.Retired, ModelStage.Candidate) => true,
        _ => false,
    };
}
