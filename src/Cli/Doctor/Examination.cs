using BtcAgent.Silo.Doctor;

namespace BtcAgent.Cli.Doctor;

/// <summary>Result of <c>doctor</c>.</summary>
/// <param name="Problems">Number of problems.</param>
/// <param name="Warnings">Number of warnings.</param>
/// <param name="Findings">The findings, in the order of the checks.</param>
internal sealed record Examination(int Problems, int Warnings, IReadOnlyList<Finding> Findings);
