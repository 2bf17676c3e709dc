using System.Diagnostics.CodeAnalysis;

namespace BtcAgent.Grains.Tests.Feeds;

/// <summary>Knows only the dead silos that were given to it.</summary>
internal sealed class DeadSilos : ISiloStatusOracle
{
    private readonly HashSet<SiloAddress> _dead = [];

    public SiloStatus CurrentStatus => SiloStatus.Active;

    public string SiloName => "test";

    public SiloAddress SiloAddress { get; } = SiloAddress.Zero;

    public void Add(SiloAddress silo) => _dead.Add(silo);

    public bool IsDeadSilo(SiloAddress silo) => _dead.Contains(silo);

    public SiloStatus GetApproximateSiloStatus(SiloAddress siloAddress) =>
        _dead.Contains(siloAddress) ? SiloStatus.Dead : SiloStatus.None;

    public Dictionary<SiloAddress, SiloStatus> GetApproximateSiloStatuses(bool onlyActive = false) =>
        onlyActive ? [] : _dead.ToDictionary(silo => silo, _ => SiloStatus.Dead);

    public SiloAddress[] GetActiveSilos() => [];

    public bool TryGetSiloName(SiloAddress siloAddress, [NotNullWhen(true)] out string? siloName)
    {
        siloName = null;
        return false;
    }

    public bool IsFunctionalDirectory(SiloAddress siloAddress) => false;

    public bool SubscribeToSiloStatusEvents(ISiloStatusListener observer) => false;

    public bool UnSubscribeFromSiloStatusEvents(ISiloStatusListener observer) => false;
}
