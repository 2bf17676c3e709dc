namespace BtcAgent.Silo.Tests.Cluster.Tls;

/// <summary>Returns the silo on which it was placed.</summary>
public interface ILocationGrain : IGrainWithIntegerKey
{
    Task<string> FindAsync();
}

internal sealed class LocationGrain(ILocalSiloDetails silo) : Grain, ILocationGrain
{
    public Task<string> FindAsync() => Task.FromResult(silo.SiloAddress.ToString());
}
