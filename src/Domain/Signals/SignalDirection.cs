namespace BtcAgent.Domain.Signals;

public enum SignalDirection : sbyte
{
    Short = -1,
    Flat = 0,
    Long = 1,
}
