using BtcAgent.Silo.CommandLine;
using BtcAgent.Silo.Hosting;

return new AgentCommand().Invoke(args, AgentHost.RunAsync);
