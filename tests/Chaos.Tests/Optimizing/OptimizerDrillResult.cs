namespace BtcAgent.Chaos.Tests.Optimizing;

/// <summary>Searches that were killed and resumed, compared with one that ran without interruption.</summary>
/// <param name="Seed">Seed of the drill.</param>
/// <param name="Kills">Kills with SIGKILL.</param>
/// <param name="Searches">Searches that ended.</param>
/// <param name="Trials">Trials of each.</param>
/// <param name="DifferentStores">Stores of trials that are not the same bytes.</param>
/// <param name="DifferentModels">Folders of the model that are not the same bytes, or there without the other's.</param>
/// <param name="DifferentResults">Results on standard output that differ.</param>
/// <param name="Refused">Starts that refused what the kill before them had left.</param>
/// <param name="HasModel">True if the search wrote a model, so that models could be compared.</param>
internal sealed record OptimizerDrillResult(
    int Seed, int Kills, int Searches, int Trials, int DifferentStores, int DifferentModels, int DifferentResults, int Refused, bool HasModel)
{
    public bool IsClean => (DifferentStores, DifferentModels, DifferentResults, Refused) == (0, 0, 0, 0);
}
