using System.Net;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// Network namespaces on a private bridge. Servers on 127.0.0.1 of the host are reached from within them at the same
/// address and port, over the bridge. A cut drops packets silently, like a pulled cable.
/// </summary>
internal sealed class NetworkNamespaces : IAsyncDisposable
{
    private const int FirstNode = 11;
    private readonly string _tag = $"{Environment.ProcessId % 0xFFFFF:x}";
    private readonly string _subnet = $"10.{200 + (Environment.ProcessId / 250 % 50)}.{Environment.ProcessId % 250}";
    private readonly List<NetworkNode> _nodes = [];
    private readonly List<TcpRelay> _relays = [];

    public IReadOnlyList<NetworkNode> Nodes => _nodes;

    private string Bridge => $"bab{_tag}";

    private IPAddress Hub => IPAddress.Parse($"{_subnet}.1");

    /// <summary>
    /// Skips the test with a reason if namespaces cannot be created; fails it if <c>BTCAGENT_REQUIRE_SERVICES</c> is 1.
    /// </summary>
    public static async Task RequireAsync()
    {
        if (await WhyNotAsync() is not { } why)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail(why);
        }

        Assert.Skip(why);
    }

    /// <param name="nodes">Number of namespaces.</param>
    /// <param name="tellingPort">Port of the server on 127.0.0.1 that sees each node's address.</param>
    /// <param name="otherPorts">Ports of servers on 127.0.0.1 that see 127.0.0.1.</param>
    public async Task CreateAsync(int nodes, int tellingPort, params IReadOnlyList<int> otherPorts)
    {
        await Shell.RunAsync($"ip link add {Bridge} type bridge");
        await Shell.RunAsync($"ip addr add {Hub}/24 dev {Bridge}");
        await Shell.RunAsync($"ip link set {Bridge} up");
        _relays.Add(new TcpRelay(Hub, tellingPort, SeenAs));
        _relays.AddRange(otherPorts.Select(port => new TcpRelay(Hub, port, _ => IPAddress.Loopback)));
        for (var i = 0; i < nodes; i++)
        {
            var node = new NetworkNode($"ban{_tag}-{i}", IPAddress.Parse($"{_subnet}.{FirstNode + i}"), IPAddress.Parse($"127.0.0.{FirstNode + i}"));
            _nodes.Add(node);
            await Shell.RunAsync($"ip netns add {node.Name}");
            await Shell.RunAsync($"ip link add {Wire(i)} type veth peer name eth0 netns {node.Name}");
            await Shell.RunAsync($"ip link set {Wire(i)} master {Bridge} up");
            await InsideAsync(node, $"ip addr add {node.Address}/24 dev eth0");
            await InsideAsync(node, "ip link set lo up");
            await InsideAsync(node, "ip link set eth0 up");
            await InsideAsync(node, "sysctl -q -w net.ipv4.conf.all.route_localnet=1");
            await InsideAsync(node, "iptables -t nat -A POSTROUTING -o eth0 -s 127.0.0.0/8 -j MASQUERADE");
            foreach (var port in otherPorts.Append(tellingPort))
            {
                await InsideAsync(node, $"iptables -t nat -A OUTPUT -d 127.0.0.1 -p tcp --dport {port} -j DNAT --to-destination {Hub}:{port}");
            }
        }
    }

    /// <summary>Cuts two nodes off from each other; both still reach the servers.</summary>
    public async Task CutPeersAsync(NetworkNode one, NetworkNode other)
    {
        await DropAsync(one, "-s", "-d", $"{other.Address}");
        await DropAsync(other, "-s", "-d", $"{one.Address}");
    }

    /// <summary>Cuts a node off from everything except one server.</summary>
    public async Task CutAllButAsync(NetworkNode node, int port)
    {
        await InsideAsync(node, "iptables -A OUTPUT -o lo -j ACCEPT");
        await InsideAsync(node, "iptables -A INPUT -i lo -j ACCEPT");
        await InsideAsync(node, $"iptables -A OUTPUT -p tcp -d {Hub} --dport {port} -j ACCEPT");
        await InsideAsync(node, $"iptables -A INPUT -p tcp -s {Hub} --sport {port} -j ACCEPT");
        await InsideAsync(node, "iptables -A OUTPUT -j DROP");
        await InsideAsync(node, "iptables -A INPUT -j DROP");
    }

    /// <summary>Cuts a node off from one server only.</summary>
    public async Task CutFromAsync(NetworkNode node, int port)
    {
        await InsideAsync(node, $"iptables -A OUTPUT -p tcp -d {Hub} --dport {port} -j DROP");
        await InsideAsync(node, $"iptables -A INPUT -p tcp -s {Hub} --sport {port} -j DROP");
    }

    public async Task HealAsync()
    {
        foreach (var node in _nodes)
        {
            await InsideAsync(node, "iptables -F");
        }
    }

    /// <summary>Removes everything, including partial set-ups.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        for (var i = 0; i < _nodes.Count; i++)
        {
            // The host's end of the link disappears with the namespace only when no process remains in it.
            await Shell.TryAsync($"ip link del {Wire(i)}");
            await Shell.TryAsync($"ip netns del {_nodes[i].Name}");
        }

        await Shell.TryAsync($"ip link del {Bridge}");
    }

    private static async Task<string?> WhyNotAsync()
    {
        const string How = "needs network namespaces: run as root, with iproute2 and iptables (eng/install-tools)";
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return How;
        }

        var name = $"bat{Environment.ProcessId:x}";
        try
        {
            var made = await Shell.TryAsync($"ip netns add {name}");
            var filter = made.ExitCode == 0 ? await Shell.TryAsync($"ip netns exec {name} iptables -t nat -L -n") : made;
            return filter.ExitCode == 0 ? null : $"{How}: {filter.Output.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"{How}: {e.Message}";
        }
        finally
        {
            if (File.Exists($"/run/netns/{name}"))
            {
                await Shell.TryAsync($"ip netns del {name}");
            }
        }
    }

    private static Task InsideAsync(NetworkNode node, string line) => Shell.RunAsync($"ip netns exec {node.Name} {line}");

    private static async Task DropAsync(NetworkNode node, string from, string to, string address)
    {
        await InsideAsync(node, $"iptables -A INPUT {from} {address} -j DROP");
        await InsideAsync(node, $"iptables -A OUTPUT {to} {address} -j DROP");
    }

    private IPAddress SeenAs(IPAddress address) =>
        _nodes.FirstOrDefault(node => node.Address.Equals(address))?.SeenAs ?? IPAddress.Loopback;

    private string Wire(int node) => $"bav{_tag}-{node}";
}
