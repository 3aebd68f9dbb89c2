int vethctl_main(int count, char **arguments);
int main(int count, char **arguments) { return vethctl_main(count, arguments); }
