namespace BtcAgent.Domain.Risk;

/// <summary>Marks a limit for which a higher value is stricter. It remains as configured: operators change only limits to be lowered.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HigherIsStricterAttribute : Attribute;
