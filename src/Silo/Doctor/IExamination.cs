namespace BtcAgent.Silo.Doctor;

/// <summary>Checks one part of an agent and its surroundings. Changes nothing; may be run while the agent runs.</summary>
internal interface IExamination
{
    /// <summary>Name of the check, for one that cannot be completed.</summary>
    string Name { get; }

    /// <summary>Returns no finding where the agent does not use that part.</summary>
    Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken);
}
