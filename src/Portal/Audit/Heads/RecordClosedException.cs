using System.Data.Common;

namespace Portal.Audit;

/// <summary>The record takes no row now, so nothing may be done.</summary>
/// <remarks>To every caller the same as a database that takes no write, which they answer already: nothing was done, try again, tell an admin.</remarks>
internal sealed class RecordClosedException(string message) : DbException(message);
