packer {
  required_plugins {
