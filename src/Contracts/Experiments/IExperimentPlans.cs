using BtcAgent.Domain.Experiments;

namespace BtcAgent.Contracts.Experiments;

/// <summary>The rules of an experiment that begins now.</summary>
public interface IExperimentPlans
{
    ExperimentPlan Now { get; }
}
