using System.Net;
using System.Net.Sockets;
using BtcAgent.Storage.Embedded;

namespace BtcAgent.Silo.Doctor;

/// <summary>The port of the console and the API: free, or used by the agent of this data folder.</summary>
internal sealed class PortExamination : IExamination
{
    public string Name => "port";

    public Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>(agent.Settings.Port == 0 ? [] : [Examine(agent)]);

    private Finding Examine(ExaminedAgent agent)
    {
        var port = agent.Settings.Port;
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return Finding.Ok(Name, $"port {port} is free");
        }
        catch (SocketException e)
        {
            return DataFolder.IsInUse(agent.DataFolder)
                ? Finding.Ok(Name, $"port {port} is in use, while an agent uses this data folder")
                : Finding.Problem(Name, $"port {port} cannot be used ({e.SocketErrorCode})", "stop what listens there, or start the agent with --port N");
        }
    }
}
