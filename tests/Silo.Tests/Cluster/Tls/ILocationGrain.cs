namespace BtcAgent.Silo.Tests.Cluster.Tls;

/// <summary>Says on which silo it was placed.</summary>
public interface ILocationGrain : IGrainWithIntegerKey
{
    Task<string> FindAsync();
}

internal sealed class LocationGrain(ILocalSiloDetails silo) : Grain, ILocationGrain
{
    public Task<string> FindAsync() => Task.FromResult(silo.SiloAddress.ToString());
}
