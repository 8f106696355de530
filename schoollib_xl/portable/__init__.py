"""The program on a memory stick: what 开始.cmd and 自检.cmd run. Nothing is installed and nothing is left on the PC."""
