namespace BtcAgent.Silo.Doctor;

/// <summary>How serious a finding is.</summary>
public enum FindingGrade
{
    Ok,

    /// <summary>Works now, and should be changed.</summary>
    Warning,

    /// <summary>Stops the agent, or endangers money or data.</summary>
    Problem,
}
