namespace BtcAgent.Contracts.Clocks;

/// <summary>Provides the state of this process's clock.</summary>
public interface IClockBoard
{
    ClockStatus Read();
}
