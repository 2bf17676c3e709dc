using System.CommandLine;
using BtcAgent.Cli;

return CommandTree.Invoke(args, new InvocationConfiguration { EnableDefaultExceptionHandler = false });
