using BtcAgent.Contracts.Experiments;
using BtcAgent.Domain.Experiments;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Experiments;

/// <summary>The rules in the settings.</summary>
internal sealed class ConfiguredPlans(IOptions<ExperimentOptions> options) : IExperimentPlans
{
    public ExperimentPlan Now => options.Value.ToPlan();
}
