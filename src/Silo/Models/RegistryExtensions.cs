using BtcAgent.Contracts.Models;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Silo.Models;

internal static class RegistryExtensions
{
    /// <summary>Registers an artefact and makes it the champion of a strategy, unless it is already.</summary>
    /// <exception cref="ModelRefusedException">The registry refused; the message says why.</exception>
    public static async Task Install(
        this IModelRegistryGrain registry, ModelArtefact artefact, string strategy, string operatorName, string reason)
    {
        var entry = Answered(await registry.Register([.. artefact.ToZip()], strategy));
        if (entry.Stage == ModelStage.Retired)
        {
            entry = Answered(await registry.Move(entry.Id, ModelStage.Candidate, operatorName, reason));
        }

        if (entry.Stage != ModelStage.Champion)
        {
            Answered(await registry.Move(entry.Id, ModelStage.Champion, operatorName, reason));
        }
    }

    private static ModelEntry Answered(RegistryAnswer answer) =>
        answer.Entry ?? throw new ModelRefusedException(answer.Refusal ?? "the registry gave no reason");
}
