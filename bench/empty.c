/*
 * The least a program can do: what starting one costs, as the measure of
 * what winwhy adds.  Used by run.sh.
 */
int
main(void)
{
	return 0;
}
