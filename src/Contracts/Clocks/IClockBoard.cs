namespace BtcAgent.Contracts.Clocks;

/// <summary>How this process's clock does.</summary>
public interface IClockBoard
{
    ClockStatus Read();
}
