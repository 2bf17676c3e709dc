using BtcAgent.Contracts.Models;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Silo.Models;

internal static class RegistryExtensions
{
    /// <summary>Registers an artefact and moves it to a stage of a strategy, unless it is there already.</summary>
    /// <exception cref="ModelRefusedException">The registry refused; the message says why.</exception>
    public static async Task Install(
        this IModelRegistryGrain registry, ModelArtefact artefact, string strategy, ModelStage stage, string operatorName, string reason)
    {
        var entry = Answered(await registry.Register([.. artefact.ToZip()], strategy));
        if (entry.Stage == ModelStage.Retired)
        {
            entry = Answered(await registry.Move(entry.Id, ModelStage.Candidate, operatorName, reason));
        }

        if (entry.Stage != stage)
        {
            Answered(await registry.Move(entry.Id, stage, operatorName, reason));
        }
    }

    private static ModelEntry Answered(RegistryAnswer answer) =>
        answer.Entry ?? throw new ModelRefusedException(answer.Refusal ?? "the registry gave no reason");
}
