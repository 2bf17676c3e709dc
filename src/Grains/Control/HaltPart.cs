namespace BtcAgent.Grains.Control;

/// <summary>One thing that a halt does; may be done twice.</summary>
internal sealed record HaltPart(string What, Func<Task> Do);
