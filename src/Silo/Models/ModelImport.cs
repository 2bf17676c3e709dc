using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Silo.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Models;

/// <summary>
/// Runs before the first tick: sends the signal grains their stored assignments, registers the artefacts of the strategies'
/// settings and promotes each to champion of its strategy, so that a replay uses it from its first sample on.
/// </summary>
internal sealed class ModelImport(IGrainFactory grains, IOptions<AgentOptions> agent) : IHostedService
{
    private const string Operator = "start";

    /// <exception cref="StartupException">An artefact is missing, damaged or does not fit the strategy.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var registry = grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
        await registry.Reassert();
        foreach (var strategy in agent.Value.Strategies.Where(s => s.ModelFile.Length > 0))
        {
            try
            {
                var artefact = ModelArtefact.Read(strategy.ModelFile);
                await registry.Install(artefact, strategy.Name, ModelStage.Champion, Operator, $"ModelFile {strategy.ModelFile}");
            }
            catch (ModelRefusedException e)
            {
                throw new StartupException($"strategy '{strategy.Name}': {e.Message}");
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
