using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Models;
using BtcAgent.Grains.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Silo.CommandLine;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Models;

/// <summary>
/// Before the first tick: registers the artefacts that strategies name and makes each the champion of its strategy, so
/// that a replay decides with it from its first sample; then tells the signal grains what was assigned before.
/// </summary>
internal sealed class ModelImport(IGrainFactory grains, IOptions<AgentOptions> agent, ILogger<ModelImport> logger) : IHostedService
{
    private const string Operator = "startup";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var registry = grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
        await registry.Reassert();
        foreach (var strategy in agent.Value.Strategies.Where(s => s.ModelFile is not null))
        {
            try
            {
                var artefact = ModelArtefact.Read(strategy.ModelFile!);
                await registry.Register([.. artefact.ToZip()], strategy.Name);
                await registry.Move(artefact.Id, ModelStage.Champion, Operator, $"ModelFile {strategy.ModelFile}");
            }
            catch (ModelRefusedException e)
            {
                throw new StartupException($"strategy '{strategy.Name}': {e.Message}");
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
