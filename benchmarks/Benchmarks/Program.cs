using BenchmarkDotNet.Running;
using BtcAgent.Benchmarks;

// `core TAPE…` measures the trading core over a decoded tape; anything else goes to BenchmarkDotNet.
if (args is ["core", .. var tapes])
{
    return CoreThroughput.Run(tapes);
}

BenchmarkSwitcher.FromAssembly(typeof(CoreThroughput).Assembly).Run(args);
return 0;
